// Every finding that `check` can tell, with its page: the stages' own, the risks and the upgrade breaks.

import { examplePod } from "../risk.ts";
import { RISKS } from "../risks.ts";
import { UPGRADES } from "../upgrades.ts";
import { API_SERVER_PAGES } from "./apiServer.ts";
import { API_SERVER_REST_PAGES } from "./apiServerRest.ts";
import { CONTAINERD_PAGES } from "./containerd.ts";
import { DOCKER_PAGES } from "./docker.ts";
import { KUBELET_PAGES } from "./kubelet.ts";
import { type FindingPage, POD_API } from "./page.ts";
import { POD_SECURITY_PAGES } from "./podSecurity.ts";
import { RUNC_PAGES } from "./runc.ts";
import { RUNC_SPEC_PAGES } from "./runcSpecs.ts";

const MANIFEST_PAGES: readonly FindingPage[] = [
  {
    id: "manifest.duplicateKey",
    title: "A key is told twice",
    why: "Of two values the last one holds, and nobody sees it in the file.",
    mend: "Take one of them out.",
    reference: POD_API,
    failing: examplePod("securityContext: { runAsUser: 0 }\nsecurityContext: { runAsUser: 1000 }"),
    passing: examplePod("securityContext: { runAsUser: 1000 }"),
  },
  {
    id: "manifest.suppressionComment",
    title: "A comment that should accept findings does not say why, or names what is no finding",
    why: "A suppression without a reason is one that nobody can take back: it accepts nothing until it says what it accepts, and why. A misspelled id accepts nothing either, and nobody would know.",
    mend: "Name the findings, and the reason behind a colon: # secctx-ignore risk.groupZero: the image writes as root's group.",
    reference: POD_API,
    failing: examplePod("# secctx-ignore risk.groupZero\nsecurityContext: { runAsUser: 1000 }"),
    passing: examplePod(
      "# secctx-ignore risk.groupZero: writes as root's group\nsecurityContext: { runAsUser: 1000 }",
    ),
  },
];

const RISK_PAGES: readonly FindingPage[] = RISKS.map(
  ({ find: _find, severity: _, ...words }) => words,
);

const UPGRADE_PAGES: readonly FindingPage[] = UPGRADES.map(
  ({ find: _find, severity: _, ...words }) => ({ level: "baseline", ...words }),
);

/** In the order of the walk. */
export const PAGES: readonly FindingPage[] = [
  ...MANIFEST_PAGES,
  ...API_SERVER_PAGES,
  ...API_SERVER_REST_PAGES,
  ...POD_SECURITY_PAGES,
  ...KUBELET_PAGES,
  ...CONTAINERD_PAGES,
  ...DOCKER_PAGES,
  ...RUNC_PAGES,
  ...RUNC_SPEC_PAGES,
  ...RISK_PAGES,
  ...UPGRADE_PAGES,
];
