// The recordings of runc against secctx's prediction.
import type { GoldenSuite } from "../golden.ts";

export const RUNC_SUITES: readonly GoldenSuite[] = [];
