// What is started of the sources themselves; a build's launcher calls `start` of its bundles.
import { start } from "./program.ts";

start();
