// Limits and OOMKilled on the engines that are runtimes of their own.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { leftovers, makeLab, podOf, removeLab, runCommand } from "../run/run.ts";
import { bothEngines } from "./bothEngines.ts";

const skips = bothEngines();
const lab = makeLab();
after(() => removeLab(lab));

const RESOURCES = { requests: { cpu: "250m", memory: "16Mi" }, limits: { memory: "32Mi" } };
const DOCUMENT = {
  docker: [/"Memory": ?33554432/, /"MemorySwap": ?33554432/, /"CpuShares": ?256/],
  cri: [/"memory_limit_in_bytes": ?"33554432"/, /"cpu_shares": ?"256"/, /"oom_score_adj": ?"99\d"/],
};

for (const engine of ["docker", "cri"] as const) {
  test(`${engine}: limits are sent and held, and the kernel ends who is above them`, {
    skip: skips[engine],
  }, async () => {
    const words = ["--engine", engine, "--show", engine, "-o", "json"];
    const pod = podOf("tail /dev/zero", {}, { resources: RESOURCES });
    const { code, stdout, stderr } = await runCommand(lab, pod, words);
    for (const part of DOCUMENT[engine]) assert.match(stderr, part);
    const [container] = JSON.parse(stdout).containers;
    assert.equal(container.state.terminated?.reason, "OOMKilled", stdout);
    assert.equal(code, 137);
    assert.deepEqual(leftovers(lab), []);
  });

  test(`${engine}: a Guaranteed pod runs`, { skip: skips[engine] }, async () => {
    const pod = podOf("true", {}, { resources: { limits: { cpu: "1", memory: "64Mi" } } });
    const { code, stderr } = await runCommand(lab, pod, ["--engine", engine]);
    assert.equal(code, 0, stderr);
  });
}
