// Remarks on seccomp and AppArmor: profiles that do not hold, or hold otherwise than they read.
import { isJsonObject, type JsonValue } from "../model/json.ts";
import { JsonSyntaxError, parseJson } from "../rules/json.ts";
import type { Remark, Remarkable } from "./findings.ts";
import { nodeFile } from "./seccomp.ts";
import { trimLocalhost } from "./securityProfile.ts";

const SECCOMP = { field: "seccompProfile", path: ["securityContext", "seccompProfile"] } as const;

export function profileFindings(of: Remarkable): Remark[] {
  return [...seccompFindings(of), ...appArmorFindings(of)];
}

function seccompFindings({ sc, facts }: Remarkable): Remark[] {
  const { seccomp } = sc;
  if (seccomp === undefined || seccomp.type === "Unconfined") return [];
  if (sc.privileged) {
    const message = `a privileged container runs without seccomp: ${seccomp.type} is ignored`;
    return [{ id: "privilegedIgnoresSeccomp", severity: "warning", ...SECCOMP, message }];
  }
  if (seccomp.type !== "Localhost") return [];
  const file = nodeFile(trimLocalhost(seccomp.localhostRef), facts.world);
  return file === undefined || file === "unknown" ? [] : fileFindings(readJson(file.content));
}

function fileFindings(file: JsonValue | undefined): Remark[] {
  if (!isJsonObject(file)) return [];
  const rules = Array.isArray(file["syscalls"]) ? (file["syscalls"] as JsonValue[]) : [];
  const remarks: Remark[] = [];
  if ((file["defaultAction"] ?? "") === "" && rules.length === 0) {
    const message = "the profile has neither a default action nor rules: no filter is installed";
    remarks.push({ id: "emptySeccompProfile", severity: "warning", ...SECCOMP, message });
  }
  const fields = new Set<string>(file["archMap"] === undefined ? [] : ["archMap"]);
  for (const rule of rules) {
    if (!isJsonObject(rule)) continue;
    for (const name of ["name", "includes", "excludes"])
      if (rule[name] !== undefined) fields.add(name);
  }
  if (fields.size > 0) {
    const message = `containerd does not know Docker's ${[...fields].join(", ")} in a profile: rules hold without their conditions, and a rule with \`name\` alone does nothing`;
    remarks.push({ id: "dockerProfileFields", severity: "warning", ...SECCOMP, message });
  }
  return remarks;
}

function readJson(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    // What is no JSON is refused already.
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

function appArmorFindings({ sc, sandboxSc, facts }: Remarkable): Remark[] {
  const about = { field: "appArmorProfile", path: ["securityContext", "appArmorProfile"] } as const;
  const remarks: Remark[] = [];
  const unset = sc.apparmor === undefined && sc.apparmorProfile === "";
  if (unset && !sc.privileged && facts.world.node.appArmor && !facts.appArmorEnabled) {
    const message =
      "the host has AppArmor but containerd cannot use it (no apparmor_parser, or disable_apparmor): the container runs unconfined";
    remarks.push({ id: "appArmorUnused", severity: "warning", ...about, message });
  }
  if (sandboxSc.apparmor !== undefined && sandboxSc.apparmor.type === "Localhost") {
    const message = "the pod's sandbox never gets an AppArmor profile: it runs unconfined";
    const path = ["spec", "securityContext", "appArmorProfile"];
    remarks.push({ ...about, id: "sandboxUnconfined", severity: "note", path, message });
  }
  return remarks;
}
