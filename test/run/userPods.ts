// Pods of an ordinary user in tests: run, probed, and what they leave.
import assert from "node:assert/strict";
import { join } from "node:path";
import { leftOf, manifestOf, type OrdinaryUser, runAs } from "./ordinaryUser.ts";
import type { Ran } from "./run.ts";

export const RUNTIMES = ["runc", "crun"] as const;

/** Words of the call that runs the pod with the demo images. */
export function runWords(user: OrdinaryUser, pod: object, more: readonly string[] = []): string[] {
  const image = `oci:${join(user.folder, "images")}`;
  return ["run", manifestOf(user, pod), "--image", image, ...more];
}

export function runPod(
  user: OrdinaryUser,
  pod: object,
  words: readonly string[] = [],
): Promise<Ran> {
  return runAs(user, runWords(user, pod, words));
}

export interface Answer {
  readonly exitCode: number;
  readonly notHeld?: readonly string[];
  readonly leftBehind: readonly string[];
  readonly containers: readonly {
    readonly name: string;
    readonly state: object;
    readonly logs: string;
    readonly observed: { readonly status: Record<string, string> } | null;
    readonly differences: readonly unknown[];
    readonly tries: readonly {
      readonly what: string;
      readonly allowed: boolean | null;
      readonly error?: string;
    }[];
  }[];
}

export async function probePod(
  user: OrdinaryUser,
  pod: object,
  words: readonly string[] = [],
): Promise<Answer> {
  const { stdout, stderr } = await runPod(user, pod, ["--probe", "-o", "json", ...words]);
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout) as Answer;
}

export async function cleanWithin(user: OrdinaryUser, ms: number): Promise<void> {
  const end = Date.now() + ms;
  let left = leftOf(user);
  while (left.length > 0 && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = leftOf(user);
  }
  assert.deepEqual(left, []);
}
