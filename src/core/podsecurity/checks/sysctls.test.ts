import { testCheck } from "../../../../test/checkRows.ts";
import { sysctls } from "./sysctls.ts";

function set(...names: readonly (string | null)[]): object {
  return { securityContext: { sysctls: names.map((name) => ({ name, value: "1" })) } };
}
const AT = "/spec/securityContext/sysctls";

testCheck(sysctls, [
  {
    says: "safe ones",
    version: "v1.0",
    spec: set("kernel.shm_rmid_forced", "net.ipv4.tcp_syncookies"),
  },
  { says: "the newest", version: "v1.37", spec: set("net.ipv4.tcp_notsent_lowat") },
  {
    says: "the newest, one release too early",
    version: "v1.36",
    spec: set("net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_rmem"),
    refusal: "forbidden sysctls (net.ipv4.tcp_notsent_lowat)",
    at: [`${AT}/0/name`],
    mended: set("net.ipv4.tcp_rmem"),
  },
  {
    says: "in the order written; slashes are another spelling",
    spec: set("net.core.somaxconn", "kernel/shm_rmid_forced", null),
    refusal: "forbidden sysctls (net.core.somaxconn, kernel/shm_rmid_forced, )",
    at: [`${AT}/0/name`, `${AT}/1/name`, `${AT}/2/name`],
    mended: { securityContext: {} },
  },
]);
