// The recordings of kernel against secctx's prediction.
import type { GoldenSuite } from "../golden.ts";

export const KERNEL_SUITES: readonly GoldenSuite[] = [];
