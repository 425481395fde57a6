import assert from "node:assert/strict";
import { test } from "node:test";
import { interfaceOf } from "./defaultRoute.ts";

const HEAD = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";
const LOCAL = "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";

test("the default route with the least metric names the interface", () => {
  const wifi = "wlan0\t00000000\t010200C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n";
  const wire = "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n";
  assert.equal(interfaceOf(HEAD + wifi + LOCAL + wire), "eth0");
  assert.equal(interfaceOf(HEAD + wifi), "wlan0");
});

test("a machine without a default route has none", () => {
  assert.equal(interfaceOf(HEAD + LOCAL), undefined);
  assert.equal(interfaceOf(""), undefined);
});
