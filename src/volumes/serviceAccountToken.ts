// A stand-in for the token that an API server would issue: the same shape and claims, signed by nobody.
import type { Pod } from "../core/model/pod.ts";

/** A JSON Web Token with `alg: none`: programs can read who they are from it, no server accepts it. */
export function standInToken(pod: Pod, audience: string): string {
  const { name = "", namespace = "default", uid = "" } = pod.metadata ?? {};
  const account = pod.spec.serviceAccountName || "default";
  const claims = {
    aud: [audience === "" ? "https://kubernetes.default.svc" : audience],
    iss: "https://secctx.invalid",
    "kubernetes.io": { namespace, pod: { name, uid }, serviceaccount: { name: account } },
    sub: `system:serviceaccount:${namespace}:${account}`,
  };
  return `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
