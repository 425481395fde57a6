import { testCheck } from "../../../../test/checkRows.ts";
import { restrictedVolumes } from "./restrictedVolumes.ts";

testCheck(restrictedVolumes, [
  {
    says: "sources that are allowed",
    spec: {
      volumes: [
        { name: "a", configMap: {} },
        { name: "b", image: {} },
        { name: "c", persistentVolumeClaim: {} },
        { name: "d", hostPath: {}, secret: {} },
      ],
    },
  },
  {
    says: "one",
    spec: { volumes: [{ name: "a", nfs: {} }] },
    refusal: 'restricted volume types (volume "a" uses restricted volume type "nfs")',
    at: ["/spec/volumes/0/nfs"],
    mended: { volumes: [{ name: "a", emptyDir: {} }] },
  },
  {
    says: "the type is the first that upstream looks for; no source at all is unknown",
    spec: {
      volumes: [
        { name: "a", nfs: {}, hostPath: {} },
        { name: "b" },
        null,
        { name: "c", hostPath: {} },
      ],
    },
    refusal:
      'restricted volume types (volumes "a", "b", "", "c" use restricted volume types "hostPath", "unknown")',
    at: [
      "/spec/volumes/0/hostPath",
      "/spec/volumes/1",
      "/spec/volumes/2",
      "/spec/volumes/3/hostPath",
    ],
  },
]);
