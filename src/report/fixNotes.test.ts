// What is said alike of many containers is said once, with as many places and images as people read.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlacedNote } from "../core/answers/fix.ts";
import { notesText } from "./fixNotes.ts";
import { PLAIN } from "./style.ts";

function open(index: number): PlacedNote {
  const image = `app:${index}`;
  return {
    kind: "open",
    path: `/spec/containers/${index}`,
    container: `c${index}`,
    line: index,
    message: `refused if ${image} runs as root`,
    needs: { what: "runAsUser", image },
  };
}

function shown(number: number): string[] {
  const notes = Array.from({ length: number }, (_, index) => open(index));
  return notesText(notes, { style: PLAIN, columns: 200 }).trimEnd().split("\n");
}

test("one is told with its image, several with a list of them", () => {
  assert.deepEqual(shown(1), [
    "  open       refused if app:0 runs as root",
    "             container c0, line 0",
  ]);
  assert.deepEqual(shown(2), [
    "  open       refused if its image runs as root",
    "             app:0; app:1",
    "             container c0, line 0; container c1, line 1",
  ]);
});

test("an image whose name is a part of the sentence's words", () => {
  const notes = [0, 1].map((index): PlacedNote => {
    const message = "the kubelet refuses to start it if t runs as root";
    return { ...open(index), message, needs: { what: "runAsUser", image: "t" } };
  });
  const [first] = notesText(notes, { style: PLAIN, columns: 200 }).split("\n");
  assert.equal(first, "  open       the kubelet refuses to start it if its image runs as root");
});

test("volumes of one kind, and containers that need a uid, are named at their places", () => {
  const volumes = ["log", "run"].map((volume, index): PlacedNote => {
    const message = `volume ${volume} is of hostPath: what takes its place only its author knows`;
    return { kind: "left", path: "/x", volume, line: index, message };
  });
  const users = ["a", "b"].map((container, index): PlacedNote => {
    const message = `runAsUser: 0 is written; it is not known (--run-as-user ${container}=UID)`;
    return { kind: "left", path: "/y", container, line: index, message };
  });
  const all = notesText([...volumes, ...users], { style: PLAIN, columns: 200 });
  assert.deepEqual(all.trimEnd().split("\n"), [
    "  left       a volume is of hostPath: what takes its place only its author knows",
    "             log, line 0; run, line 1",
    "  left       runAsUser: 0 is written; it is not known (--run-as-user NAME=UID)",
    "             container a, line 0; container b, line 1",
  ]);
  const [alone] = notesText(volumes.slice(0, 1), { style: PLAIN, columns: 200 }).split("\n");
  assert.match(alone ?? "", /volume log is of hostPath/);
});

test("of many six are told, the others counted", () => {
  const [, images = "", places = ""] = shown(9);
  assert.match(images, /app:5 and 3 more images$/);
  assert.match(places, /container c5, line 5 and 3 more places$/);
});
