// A real registry for tests: Debian's docker-registry on the loopback, which wants a password, in a folder of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { findProgram } from "../src/node/programs.ts";
import { removeTree } from "../src/node/removeTree.ts";

export interface Registry {
  /** `127.0.0.1:40000`. */
  readonly host: string;
  stop(): Promise<void>;
}

export const USER = "secctx";
export const PASSWORD = "right";
/** `htpasswd -nbB secctx right` */
const HTPASSWD = "secctx:$2y$05$gfq3P1xmo7JJjX4/7DwFa.zKJlsjcOWjQSoWF4cHVVXuf2RTilXaS\n";

/** Why none can be started here; undefined where it can. */
export function lacksRegistry(): string | undefined {
  for (const name of ["docker-registry", "skopeo"]) {
    if (findProgram(name) === undefined) return `no ${name}: apt-get install ${name}`;
  }
  return undefined;
}

export async function startRegistry(): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), "secctx-registry-"));
  const host = `127.0.0.1:${await freePort()}`;
  const at = (name: string): string => join(folder, name);
  writeFileSync(at("htpasswd"), HTPASSWD);
  writeFileSync(
    at("config.yml"),
    JSON.stringify({
      version: "0.1",
      log: { level: "error" },
      storage: { filesystem: { rootdirectory: at("data") } },
      http: { addr: host, secret: "none" },
      auth: { htpasswd: { realm: "secctx", path: at("htpasswd") } },
    }),
  );
  const child = spawn("docker-registry", ["serve", at("config.yml")], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  async function stop(): Promise<void> {
    process.off("exit", kill);
    kill();
    await ended;
    removeTree(folder);
  }
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (answer?.status === 401) return { host, stop };
    await setTimeout(100);
  }
  await stop();
  throw new Error("docker-registry does not come up");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      server.close(() => resolve(port ?? 0));
    });
  });
}
