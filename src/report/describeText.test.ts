import assert from "node:assert/strict";
import { test } from "node:test";
import { type DescribedPod, describeText } from "./describeText.ts";
import { PLAIN } from "./style.ts";

const POD: DescribedPod = {
  ...{ name: "web", namespace: "default", id: "web-1-2-3", isLost: false },
  status: {
    ...{ phase: "Running", startTime: "T0", podIP: "127.0.0.1", qosClass: "BestEffort" },
    conditions: [{ type: "Ready", status: "False" }],
    containerStatuses: [
      {
        ...{
          name: "app",
          image: "app:1",
          imageID: "sha256:1",
          containerID: "runc://web-1-2-3/app-1",
        },
        state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 10s" } },
        lastState: {
          terminated: { exitCode: 3, reason: "Error", startedAt: "T1", finishedAt: "T2" },
        },
        ...{ ready: false, restartCount: 1 },
        user: { linux: { uid: 1000, gid: 3000, supplementalGroups: [3000] } },
      },
    ],
  },
  events: [],
};
const FORM = { style: PLAIN, columns: 80, time: (text: string) => `at ${text}` };

test("states, conditions and no events", () => {
  assert.equal(
    describeText(POD, FORM),
    `Name:        web
Namespace:   default
Start Time:  at T0
Status:      Running
IP:          127.0.0.1
ID:          web-1-2-3
Containers:
  app:
    Container ID:   runc://web-1-2-3/app-1
    Image:          app:1
    Image ID:       sha256:1
    State:          Waiting
      Reason:       CrashLoopBackOff
      Message:      back-off 10s
    Last State:     Terminated
      Reason:       Error
      Exit Code:    3
      Started:      at T1
      Finished:     at T2
    Ready:          False
    Restart Count:  1
    User:           uid 1000, gid 3000, groups 3000
Conditions:
  Type   Status
  Ready  False
QoS Class:  BestEffort
Events:  <none>
`,
  );
});

test("events below one another, within the terminal", () => {
  const about = { type: "Warning", reason: "BackOff", object: "spec.containers{app}" };
  const message = "Back-off restarting failed container app in pod web_default(0)";
  const events = [
    { type: "Normal", reason: "Scheduled", message: "m", object: "pod/web", age: "9s" },
    { ...about, message, age: "3s (x2 over 5s)" },
  ];
  const text = describeText({ ...POD, events }, FORM);
  assert.equal(
    text.slice(text.indexOf("Events:")),
    `Events:
  Type     Reason     Age              From     Message
  ----     ------     ---              ----     -------
  Normal   Scheduled  9s               kubelet  m
  Warning  BackOff    3s (x2 over 5s)  kubelet  spec.containers{app}: Back-off
                                                restarting failed container app
                                                in pod web_default(0)
`,
  );
});

test("a pod whose secctx was killed, and what strangers write", () => {
  const text = describeText({ ...POD, name: "w\u001b[31m", isLost: true }, FORM);
  assert.match(text, /^Status: {6}Lost \(its secctx was killed, and the pod with it\)$/m);
  assert.match(text, /^Name: {8}w\\x1b\[31m$/m);
});
