// What to do about a daemon that does not answer: start it or install it, and where secctx looked.
import { findProgram } from "../node/programs.ts";

export interface SoughtDaemon {
  /** The daemon's program. */
  readonly program: "dockerd" | "containerd";
  /** Of systemd. */
  readonly unit: string;
  readonly debianPackage: string;
  /** The environment variable that names the socket. */
  readonly variable: string;
  /** Where it is looked for without the variable. */
  readonly usual: readonly string[];
}

/** `start dockerd (systemctl start docker); DOCKER_HOST is not set, so secctx looked at /var/run/docker.sock` */
export function howToStart(
  { program, unit, debianPackage, variable, usual }: SoughtDaemon,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  isInstalled: boolean = findProgram(program) !== undefined,
): string {
  const start = isInstalled
    ? `start ${program} (systemctl start ${unit})`
    : `install ${program} (apt-get install ${debianPackage}) and start it`;
  const told = environment[variable] ?? "";
  const looked =
    told === ""
      ? `${variable} is not set, so secctx looked at ${usual.join(" and ")}`
      : `${variable} is ${told}`;
  return `${start}; ${looked}`;
}
