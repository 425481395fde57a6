// The recordings of kubelet against secctx's prediction.
import type { GoldenSuite } from "../golden.ts";

export const KUBELET_SUITES: readonly GoldenSuite[] = [];
