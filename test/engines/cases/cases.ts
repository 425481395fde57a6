// All acceptance cases, in the order of the suites that they come from.
import type { Case, EngineUnderTest } from "../case.ts";
import { CRI_DOCUMENTS } from "./criDocuments.ts";
import { CRITEST } from "./critest.ts";
import { NODE_SECURITY_CONTEXT } from "./nodeSecurityContext.ts";
import { POD_SECURITY_CONTEXT } from "./podSecurityContext.ts";

/** Cases that only speak CRI are left to the engine that does. */
export function casesFor(engine: EngineUnderTest): readonly Case[] {
  const pods = [...POD_SECURITY_CONTEXT, ...NODE_SECURITY_CONTEXT, ...CRITEST];
  return engine === "cri" ? [...pods, ...CRI_DOCUMENTS] : pods;
}
