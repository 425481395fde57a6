// The recordings of apiserver against secctx's prediction.
import type { GoldenSuite } from "../golden.ts";

export const APISERVER_SUITES: readonly GoldenSuite[] = [];
