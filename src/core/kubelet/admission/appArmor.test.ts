import assert from "node:assert/strict";
import { test } from "node:test";
import { admissionOf, messageOf } from "../../../../test/walkPod.ts";
import { toPointer } from "../../model/finding.ts";
import type { KubeMinor } from "../../model/version.ts";
import type { WorldFile } from "../../model/world.ts";

function withAppArmor(pod?: object, own?: object, annotation?: string): object {
  const key = "container.apparmor.security.beta.kubernetes.io/c";
  return {
    metadata: annotation === undefined ? {} : { annotations: { [key]: annotation } },
    spec: {
      securityContext: pod === undefined ? {} : { appArmorProfile: pod },
      containers: [
        { name: "c", securityContext: own === undefined ? {} : { appArmorProfile: own } },
      ],
    },
  };
}
const ON: WorldFile = { node: { appArmor: true } };

test("AppArmor: asked for on a node without it, by field or annotation, but not Unconfined", () => {
  const refused = "Pod was rejected: Cannot enforce AppArmor: AppArmor is not enabled on the host";
  const rows: [object, string][] = [
    [withAppArmor(), ""],
    [withAppArmor({ type: "Unconfined" }), ""],
    [withAppArmor({ type: "RuntimeDefault" }), refused],
    [withAppArmor({ type: "RuntimeDefault" }, { type: "Unconfined" }), refused],
    [withAppArmor(undefined, { type: "Localhost", localhostProfile: "x" }), refused],
    [withAppArmor(undefined, undefined, "runtime/default"), refused],
    [withAppArmor(undefined, undefined, "unconfined"), ""],
  ];
  for (const [pod, expected] of rows) assert.equal(messageOf(pod), expected, JSON.stringify(pod));
  for (const [pod] of rows) assert.equal(messageOf(pod, ON), "");
});

test("AppArmor: a Localhost profile needs a name; the profile is printed as Go prints it", () => {
  const refused = (profile: string) =>
    `Pod was rejected: Cannot enforce AppArmor: invalid empty AppArmor profile name: "&AppArmorProfile{Type:Localhost,LocalhostProfile:${profile},}"`;
  assert.equal(messageOf(withAppArmor({ type: "Localhost" }), ON), refused("nil"));
  assert.equal(
    messageOf(withAppArmor({ type: "Localhost", localhostProfile: " " }), ON),
    refused("* "),
  );
  assert.equal(messageOf(withAppArmor(undefined, undefined, "localhost/"), ON), refused("*"));
});

test("AppArmor before 1.31: a soft refusal, the pod Pending and its containers Blocked", () => {
  const pod = withAppArmor(undefined, undefined, "localhost/p");
  const off = admissionOf(pod, { kubernetes: "v1.23" });
  assert.deepEqual(off.admission, {
    admitted: false,
    reason: "AppArmor",
    message: "Cannot enforce AppArmor: AppArmor is not enabled on the host",
    phase: "Pending",
  });
  assert.deepEqual(off.containers[0]?.waiting, { reason: "Blocked", message: "" });
  assert.deepEqual(off.events, []);
  assert.equal(
    messageOf(pod, { kubernetes: "v1.23", featureGates: { AppArmor: false } }),
    "Cannot enforce AppArmor: AppArmor disabled by feature-gate",
  );
});

test("AppArmor before 1.24: the profile must be loaded, where that is known", () => {
  const ask = (annotation: string, loaded?: readonly string[]) =>
    admissionOf(withAppArmor(undefined, undefined, annotation), {
      kubernetes: "v1.23",
      node: { appArmor: true, ...(loaded && { appArmorProfiles: loaded }) },
    });
  assert.equal(
    ask("localhost/p", ["q"]).admission.message,
    'Cannot enforce AppArmor: profile "p" is not loaded',
  );
  assert.equal(ask("localhost/p", ["p"]).admission.admitted, true);
  assert.equal(
    ask("odd", []).admission.message,
    'Cannot enforce AppArmor: invalid AppArmor profile name: "odd"',
  );
  const unknown = ask("localhost/p");
  assert.equal(unknown.admission.admitted, true);
  assert.deepEqual(
    unknown.findings.map(({ severity, message }) => [severity, message]),
    [["note", 'refused unless the profile "p" is loaded on the node']],
  );
});

test("AppArmor: the refusal stands where the first profile is asked for", () => {
  const key = "container.apparmor.security.beta.kubernetes.io/c";
  const rows: [object, KubeMinor, string][] = [
    [withAppArmor({ type: "RuntimeDefault" }), "v1.37", "/spec/securityContext/appArmorProfile"],
    [
      withAppArmor({ type: "Unconfined" }, { type: "RuntimeDefault" }),
      "v1.37",
      "/spec/containers/0/securityContext/appArmorProfile",
    ],
    [
      withAppArmor(undefined, undefined, "runtime/default"),
      "v1.29",
      `/metadata/annotations/${key.replace("/", "~1")}`,
    ],
  ];
  for (const [pod, kubernetes, path] of rows) {
    const { findings } = admissionOf(pod, { kubernetes });
    const finding = findings.find(({ field }) => field === "appArmorProfile");
    assert.equal(toPointer(finding?.path ?? []), path);
  }
});
