import { testCheck } from "../../../../test/checkRows.ts";
import { hostPathVolumes } from "./hostPathVolumes.ts";

testCheck(hostPathVolumes, [
  {
    says: "other volumes",
    spec: { volumes: [{ name: "a", emptyDir: {} }, { name: "b", hostPath: null }, null] },
  },
  {
    says: "one; an empty directory takes its place",
    spec: { volumes: [{ name: "a", hostPath: { path: "/" } }] },
    refusal: 'hostPath volumes (volume "a")',
    at: ["/spec/volumes/0/hostPath"],
    mended: { volumes: [{ name: "a", emptyDir: {} }] },
  },
  {
    says: "two; one has another source already",
    spec: {
      volumes: [
        { name: "a", hostPath: {} },
        { name: "b", hostPath: {}, secret: {} },
      ],
    },
    refusal: 'hostPath volumes (volumes "a", "b")',
    at: ["/spec/volumes/0/hostPath", "/spec/volumes/1/hostPath"],
    mended: {
      volumes: [
        { name: "a", emptyDir: {} },
        { name: "b", secret: {} },
      ],
    },
  },
]);
