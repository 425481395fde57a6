// What secctx.yaml may say, as a JSON Schema: it decides what is read, and schema/config.schema.json is written from it for editors.
import type { Schema } from "./schemaErrors.ts";

export const CONFIG_SCHEMA: Schema & { readonly $schema: string; readonly title: string } = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "secctx.yaml",
  description:
    "What `secctx check` does in this project. Command line options win over it; patterns and paths are relative to this file.",
  type: "object",
  additionalProperties: false,
  properties: {
    level: {
      description:
        "The Pod Security level to reach. Without it: what the namespace enforces, else restricted.",
      type: "string",
      enum: ["privileged", "baseline", "restricted"],
    },
    kubernetes: {
      description: 'A Kubernetes minor or a range of them, in quotes: "1.37", "1.33..1.37".',
      type: "string",
      pattern: "^v?1\\.[0-9]+(\\.\\.v?1\\.[0-9]+)?$",
    },
    runtime: {
      description: "containerd, docker or dockershim, with or without @VERSION.",
      type: "string",
      pattern: "^(containerd|docker|dockershim)(@[0-9]+\\.[0-9]+)?$",
    },
    world: {
      description: "A world file: node, runtime, images, namespace.",
      type: "string",
      minLength: 1,
    },
    include: {
      description: "Files, folders and patterns that are checked when the command names none.",
      type: "array",
      items: {
        type: "string",
        minLength: 1,
      },
    },
    exclude: {
      description:
        "Patterns of files in folders and patterns that are not checked: deploy/test/**.",
      type: "array",
      items: {
        type: "string",
        minLength: 1,
      },
    },
    podPaths: {
      description:
        "Where custom kinds keep their pod: Rollout=spec.template, Job.batch.volcano.sh=spec.tasks[*].template.",
      type: "array",
      items: {
        description: "KIND=PATH, such as Rollout=spec.template.",
        type: "string",
        pattern: "^[A-Za-z][A-Za-z0-9.-]*=[^=.][^=]*$",
      },
    },
    failOn: {
      description:
        "What makes the command fail: refusal, warning or note (that and worse), a finding's id or a pattern of ids, or never.",
      anyOf: [
        {
          type: "string",
          minLength: 1,
        },
        {
          type: "array",
          minItems: 1,
          items: {
            type: "string",
            minLength: 1,
          },
        },
      ],
    },
    baseline: {
      description: "A file that --write-baseline wrote: what it lists does not count.",
      type: "string",
      minLength: 1,
    },
    exemptions: {
      description: "Findings that are accepted. Everything that an exemption says has to match.",
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["check", "reason"],
        properties: {
          check: {
            description: "A finding's id, a pattern of ids (podsecurity.*), or a list of them.",
            anyOf: [
              {
                type: "string",
                minLength: 1,
              },
              {
                type: "array",
                minItems: 1,
                items: {
                  type: "string",
                  minLength: 1,
                },
              },
            ],
          },
          image: {
            description: "A pattern of the container's image: registry.example/legacy/**.",
            type: "string",
            minLength: 1,
          },
          namespace: {
            description: "A pattern of the workload's namespace.",
            type: "string",
            minLength: 1,
          },
          path: {
            description: "A pattern of the file: deploy/legacy/**.",
            type: "string",
            minLength: 1,
          },
          reason: {
            description: "Why it is accepted.",
            type: "string",
            pattern: "\\S",
          },
          expires: {
            description: "The last day on which it holds, such as 2026-12-31.",
            type: "string",
            pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
          },
        },
      },
    },
  },
};
