import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, one, walk } from "../../../test/walkPod.ts";
import type { KubeMinor } from "../model/version.ts";
import type { WorldFile } from "../model/world.ts";

test("a plain container: the image's uid, no seccomp, the usual masks", () => {
  assert.deepEqual(contextOf({}), {
    run_as_user: { value: "1000" },
    seccomp: { profile_type: "Unconfined" },
    namespace_options: { pid: "CONTAINER", userns_options: { mode: "NODE" } },
    masked_paths: [
      "/proc/asound",
      "/proc/acpi",
      "/proc/interrupts",
      "/proc/kcore",
      "/proc/keys",
      "/proc/latency_stats",
      "/proc/timer_list",
      "/proc/timer_stats",
      "/proc/sched_debug",
      "/proc/scsi",
      "/sys/firmware",
      "/sys/devices/virtual/powercap",
    ],
    readonly_paths: ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
  });
});

test("users: the spec's before the image's; a name only when nobody has a number", () => {
  const user = (own: object, image: string) => {
    const { out } = one(own, {}, {}, { image });
    const context = out.containers[0]?.config?.linux?.security_context;
    return [context?.run_as_user, context?.run_as_username, out.containers[0]?.unknown];
  };
  assert.deepEqual(user({}, "app"), [{ value: "1000" }, undefined, undefined]);
  assert.deepEqual(user({}, "root"), [{}, undefined, undefined]);
  assert.deepEqual(user({}, "named"), [undefined, "app", undefined]);
  assert.deepEqual(user({ runAsUser: 0 }, "named"), [{}, undefined, undefined]);
  assert.deepEqual(user({ runAsUser: 9007199254740993n }, "named"), [
    { value: "9007199254740993" },
    undefined,
    undefined,
  ]);
  assert.deepEqual(user({}, "nosuch"), [undefined, undefined, ["image.user"]]);
  assert.deepEqual(user({ runAsUser: 5 }, "nosuch"), [{ value: "5" }, undefined, undefined]);
});

test("groups: fsGroup first, nothing sorted, nothing taken out", () => {
  const groups = { fsGroup: 5, supplementalGroups: [7, 5, 0, 7] };
  assert.deepEqual(contextOf({}, groups)?.supplemental_groups, ["5", "7", "5", "0", "7"]);
  const { out } = one({}, groups);
  assert.deepEqual(out.sandbox?.linux.security_context?.supplemental_groups, [
    "5",
    "7",
    "5",
    "0",
    "7",
  ]);
  assert.equal(
    contextOf({}, { supplementalGroupsPolicy: "Strict" })?.supplemental_groups_policy,
    "Strict",
  );
  assert.equal(
    contextOf({}, { supplementalGroupsPolicy: "Merge" })?.supplemental_groups_policy,
    undefined,
  );
});

test("AppArmor: both spellings; the annotation stands between container and pod", () => {
  const on: WorldFile = { node: { appArmor: true } };
  const ask = (own: object, pod: object, annotation?: string) => {
    const key = "container.apparmor.security.beta.kubernetes.io/c";
    const containers = [{ name: "c", image: "app", securityContext: own }];
    const { out } = walk({ securityContext: pod, containers }, on, false, {
      annotations: annotation === undefined ? {} : { [key]: annotation },
    });
    const context = out.containers[0]?.config?.linux?.security_context;
    return context === undefined
      ? out.containers[0]?.waiting?.message
      : [context.apparmor, context.apparmor_profile];
  };
  const runtime = { appArmorProfile: { type: "RuntimeDefault" } };
  const local = { appArmorProfile: { type: "Localhost", localhostProfile: "x" } };
  assert.deepEqual(ask({}, {}), [undefined, undefined]);
  assert.deepEqual(ask(runtime, local, "localhost/y"), [{}, "runtime/default"]);
  assert.deepEqual(ask({}, runtime, "localhost/y"), [
    { profile_type: "Localhost", localhost_ref: "y" },
    "localhost/y",
  ]);
  assert.deepEqual(ask({}, runtime, "odd"), [{}, "runtime/default"]);
  assert.deepEqual(ask({}, { appArmorProfile: { type: "Unconfined" } }), [
    { profile_type: "Unconfined" },
    "unconfined",
  ]);
  assert.equal(
    ask({ appArmorProfile: { type: "Odd" } }, {}),
    'unknown apparmor profile type: "Odd"',
  );
});

test("no_new_privs, capabilities and labels go through as written", () => {
  const caps = { add: ["foo", "CAP_X"], drop: ["ALL", "ALL"] };
  const context = contextOf({
    allowPrivilegeEscalation: false,
    privileged: true,
    readOnlyRootFilesystem: true,
    capabilities: caps,
    seLinuxOptions: { level: "s0", user: "" },
  });
  assert.equal(context?.no_new_privs, true);
  assert.equal(context?.privileged, true);
  assert.equal(context?.readonly_rootfs, true);
  assert.deepEqual(context?.capabilities, {
    add_capabilities: caps.add,
    drop_capabilities: caps.drop,
  });
  assert.deepEqual(context?.selinux_options, { level: "s0" });
  assert.equal(contextOf({ allowPrivilegeEscalation: true })?.no_new_privs, undefined);
  assert.deepEqual(contextOf({ capabilities: {} })?.capabilities, {});
});

test("masked paths grow with the releases and with the node's cpus", () => {
  const paths = (kubernetes: KubeMinor, cpus: number[] = []) => {
    const file = { kubernetes, node: { thermalThrottleCpus: cpus } };
    const context = contextOf({}, {}, file);
    return [context?.masked_paths?.length, context?.readonly_paths?.length];
  };
  assert.deepEqual(paths("v1.23"), [9, 6]);
  assert.deepEqual(paths("v1.27"), [10, 5]);
  assert.deepEqual(paths("v1.30", [0, 1]), [11, 5]);
  assert.deepEqual(paths("v1.37", [0, 1]), [14, 5]);
  assert.deepEqual(
    contextOf({}, {}, { node: { thermalThrottleCpus: [7] } })?.masked_paths?.at(-1),
    "/sys/devices/system/cpu/cpu7/thermal_throttle",
  );
  assert.equal(contextOf({ procMount: "Unmasked" })?.masked_paths, undefined);
  assert.equal(contextOf({ procMount: "Odd" })?.masked_paths?.length, 12);
});
