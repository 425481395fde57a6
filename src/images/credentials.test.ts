import assert from "node:assert/strict";
import { test } from "node:test";
import { sudoAuthFile } from "./credentials.ts";

const SUDO = { SUDO_UID: "1000", SUDO_USER: "ann", HOME: "/root" };
const PASSWD = "root:x:0:0::/root:/bin/sh\nann:x:1000:1000::/home/ann:/bin/sh\n";
const AUTH = JSON.stringify({ auths: { "registry.example:5000/team": { auth: "eDp5" } } });

function found(files: Readonly<Record<string, string>>, environment: object = SUDO) {
  const all: Readonly<Record<string, string>> = { "/etc/passwd": PASSWD, ...files };
  return sudoAuthFile("registry.example:5000", { ...environment }, (path) => all[path]);
}

test("behind sudo the caller's file that knows the registry is taken", () => {
  const docker = "/home/ann/.docker/config.json";
  assert.equal(found({ [docker]: AUTH }), docker);
  const podman = "/run/user/1000/containers/auth.json";
  assert.equal(found({ [docker]: AUTH, [podman]: AUTH }), podman);
  assert.equal(found({ [docker]: AUTH, [podman]: "{}" }), docker);
  const helpers = JSON.stringify({ credHelpers: { "registry.example:5000": "pass" } });
  assert.equal(found({ [docker]: helpers }), docker);
});

test("root's own, a told file, or nobody behind root come first", () => {
  const files = { "/home/ann/.docker/config.json": AUTH };
  assert.equal(found({ ...files, "/root/.docker/config.json": AUTH }), undefined);
  assert.equal(found({ ...files, "/run/containers/0/auth.json": "{}" }), Object.keys(files)[0]);
  assert.equal(found(files, { ...SUDO, REGISTRY_AUTH_FILE: "/x" }), undefined);
  assert.equal(found(files, { HOME: "/root" }), undefined);
  assert.equal(found({ "/home/ann/.docker/config.json": "{" }), undefined);
});
