// The recordings of docker against secctx's prediction.
import type { GoldenSuite } from "../golden.ts";

export const DOCKER_SUITES: readonly GoldenSuite[] = [];
