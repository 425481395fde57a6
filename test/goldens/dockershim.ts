// The recordings of dockershim against secctx's prediction.
import type { GoldenSuite } from "../golden.ts";

export const DOCKERSHIM_SUITES: readonly GoldenSuite[] = [];
