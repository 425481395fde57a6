// The recordings of containerd against secctx's prediction.
import type { GoldenSuite } from "../golden.ts";

export const CONTAINERD_SUITES: readonly GoldenSuite[] = [];
