// The recordings of ownership against secctx's prediction.
import type { GoldenSuite } from "../golden.ts";

export const OWNERSHIP_SUITES: readonly GoldenSuite[] = [];
