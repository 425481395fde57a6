// The import table of the house as data: who may import whom. docs/ARCHITECTURE.md prints it.

const WORDS = ["core/model", "core/fields", "core/tables", "core/rules"] as const;
const CORE = [
  ...WORDS,
  "core/journey.ts",
  "core/journey",
  "core/stages.ts",
  "core/stages",
  "core/answers",
  "core/manifest",
  "core/apiserver",
  "core/podsecurity",
  "core/kubelet",
  "core/containerd",
  "core/dockershim",
  "core/docker",
  "core/runc",
  "core/kernel",
  "core/compare",
] as const;
const NODE = ["core/model", "core/rules", "node:*"] as const;

/** Folder (or file) under src/ → what its files may import beside itself; packages by name, Node's modules as `node:*`. */
export const MAY_IMPORT = {
  "core/model": [],
  "core/fields": ["core/model"],
  "core/tables": ["core/model"],
  "core/rules": ["core/model", "core/tables"],
  "core/manifest": [...WORDS, "yaml"],
  "core/apiserver": WORDS,
  "core/podsecurity": WORDS,
  "core/kubelet": WORDS,
  "core/containerd": WORDS,
  "core/dockershim": WORDS,
  "core/docker": WORDS,
  "core/runc": WORDS,
  "core/kernel": WORDS,
  "core/compare": WORDS,
  "core/journey": CORE,
  "core/journey.ts": CORE,
  "core/stages": CORE,
  "core/stages.ts": CORE,
  "core/answers": CORE,
  report: CORE,
  node: NODE,
  images: [...NODE, "node"],
  volumes: [...NODE, "node", "core/kubelet"],
  engines: [...NODE, "node"],
  lifecycle: [...CORE, "images", "volumes", "node", "engines", "node:*"],
  cli: [
    ...CORE,
    "report",
    "node",
    "images",
    "volumes",
    "engines",
    "lifecycle",
    "node:*",
    "commander",
    "yaml",
    "tinyglobby",
  ],
  "index.ts": [...CORE, "report"],
} as const satisfies Record<string, readonly string[]>;

export type Room = keyof typeof MAY_IMPORT;
