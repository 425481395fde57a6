// The library's door: pure functions and types, usable in a browser.
export { parseJson, writeJson } from "./core/rules/json.ts";
