// Whose credentials a registry gets: root's own, else those of the person who called sudo.
//
// @see containers-auth.json(5); skopeo itself looks at REGISTRY_AUTH_FILE and the files of the user that it runs as
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * REGISTRY_AUTH_FILE for skopeo: the file of the person behind sudo where that knows the registry and root's files do not.
 * @param registry `registry.example:5000`
 * @param read text of a file, undefined where it cannot be read
 */
export function sudoAuthFile(
  registry: string,
  environment: Environment = process.env,
  read: (path: string) => string | undefined = readText,
): string | undefined {
  const { SUDO_UID: uid, SUDO_USER: user, REGISTRY_AUTH_FILE: told } = environment;
  if (uid === undefined || user === undefined || uid === "0" || told) return undefined;
  const runtime = environment["XDG_RUNTIME_DIR"] ?? "/run/containers/0";
  const knows = (path: string): boolean => namesRegistry(read(path), registry);
  if (authFiles(runtime, environment["HOME"] ?? homedir()).some(knows)) return undefined;
  const home = homeOf(user, read("/etc/passwd") ?? "");
  return home === undefined ? undefined : authFiles(`/run/user/${uid}`, home).find(knows);
}

/** In the order in which they are looked at. */
function authFiles(runtime: string, home: string): string[] {
  return [
    join(runtime, "containers/auth.json"),
    join(runtime, "auth.json"),
    join(home, ".config/containers/auth.json"),
    join(home, ".docker/config.json"),
  ];
}

/** Of an entry for a path (`registry.example/team`) the registry counts. */
function namesRegistry(text: string | undefined, registry: string): boolean {
  let file: {
    readonly auths?: object;
    readonly credHelpers?: object;
    readonly credsStore?: string;
  };
  try {
    file = JSON.parse(text ?? "{}") ?? {};
  } catch {
    return false;
  }
  const names = [...Object.keys(file.auths ?? {}), ...Object.keys(file.credHelpers ?? {})];
  const hosts = names.map((name) => name.replace(/^https?:\/\//, "").split("/")[0]);
  const known = registry === "docker.io" ? [registry, "index.docker.io"] : [registry];
  return hosts.some((host) => host !== undefined && known.includes(host));
}

function homeOf(user: string, passwd: string): string | undefined {
  const line = passwd.split("\n").find((one) => one.startsWith(`${user}:`));
  return line?.split(":")[5] || undefined;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
