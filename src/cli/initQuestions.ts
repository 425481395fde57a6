// The questions of `secctx init`, on standard error, so that standard output stays for programs.
import { confirm, isCancel, select, text } from "@clack/prompts";
import { type FirstConfig, levelsMet, type Seen } from "../core/answers/firstConfig.ts";
import type { Level } from "../core/podsecurity/level.ts";
import { CONFIG_NAME } from "./config/config.ts";

const BASELINE = "secctx-baseline.json";
const VERSIONS = /^v?1\.\d+(\.\.v?1\.\d+)?$/;
const output = process.stderr;

/** Undefined when the person gives up. */
export async function askConfig(
  proposed: FirstConfig,
  seen: Seen,
  isThere: boolean,
): Promise<FirstConfig | undefined> {
  if (isThere) {
    const message = `${CONFIG_NAME} exists. Overwrite it?`;
    const yes = await confirm({ message, initialValue: false, output });
    if (isCancel(yes) || !yes) return undefined;
  }
  const level = await select<Level>({
    message: "Which Pod Security level should the pods reach?",
    initialValue: proposed.level,
    options: levelsMet(seen).map(([value, number]) => ({
      value,
      label: value,
      hint: `${number} of ${seen.pods.length} pods meet it and none stricter`,
    })),
    output,
  });
  if (isCancel(level)) return undefined;
  const kubernetes = await text({
    message: "Which Kubernetes versions? (1.37, or a range: 1.33..1.37)",
    initialValue: proposed.kubernetes,
    validate: (value) => (VERSIONS.test(value ?? "") ? undefined : "write 1.37 or 1.33..1.37"),
    output,
  });
  if (isCancel(kubernetes)) return undefined;
  const failOn = await select({
    message: "What should make secctx check fail?",
    initialValue: proposed.failOn,
    options: [
      { value: "refusal", label: "refusals" },
      { value: "warning", label: "refusals and warnings" },
      { value: "note", label: "anything found" },
      { value: "never", label: "nothing" },
    ],
    output,
  });
  if (isCancel(failOn)) return undefined;
  const wantsBaseline = await confirm({
    message: "Accept what is found today, and count only what is new?",
    initialValue: false,
    output,
  });
  if (isCancel(wantsBaseline)) return undefined;
  const baseline = wantsBaseline ? { baseline: BASELINE } : {};
  return { ...proposed, level, kubernetes: kubernetes.replaceAll("v", ""), failOn, ...baseline };
}
