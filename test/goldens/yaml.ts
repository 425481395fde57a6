// The recordings of yaml against secctx's prediction.
import type { GoldenSuite } from "../golden.ts";

export const YAML_SUITES: readonly GoldenSuite[] = [];
