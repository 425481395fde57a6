// The recordings of podsecurity against secctx's prediction.
import type { GoldenSuite } from "../golden.ts";

export const PODSECURITY_SUITES: readonly GoldenSuite[] = [];
