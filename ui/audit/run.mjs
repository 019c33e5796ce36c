// Looks at every screen in Chromium, in both colour schemes and both window sizes: axe must find nothing, the CSP of the
// app must stop nothing, nothing may be wider than the window. Leaves a picture of each in .screens/.
import { mkdir, readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { scenes } from "./scenes.mjs";
import { serve } from "./serve.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const axe = await readFile(here("../node_modules/axe-core/axe.min.js"), "utf8");
const { csp } = JSON.parse(await readFile(here("../../tauri.conf.json"), "utf8")).app.security;
const sizes = [
  { width: 1200, height: 780 },
  { width: 900, height: 560 },
];
const only = process.argv[2] && new RegExp(process.argv[2]);

const server = await serve(here("../.audit"), csp);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  // The app's window has scrollbars that take room.
  ignoreDefaultArgs: ["--hide-scrollbars"],
});
if (!only) await rm(here("../.screens"), { recursive: true, force: true });
await mkdir(here("../.screens"), { recursive: true });

const faults = [];
let looked = 0;

/** Goes to one scene and looks at it in both colour schemes. */
async function look({ context, scene, name, width }) {
  const page = await context.newPage();
  let at = `${name}-${width}`;
  const fault = (text) => faults.push(`${at}: ${text}`);
  page.on("pageerror", (error) => fault(`page error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && fault(`console: ${message.text()}`));
  page.setDefaultTimeout(8000);
  try {
    await page.goto(
      `${server.origin}/audit.html?start=${encodeURIComponent(JSON.stringify(scene.start ?? {}))}`,
    );
    await scene.reach(page);
    await page.waitForTimeout(scene.settle ?? 120);
    await page.evaluate(axe);
    for (const colorScheme of ["light", "dark"]) {
      at = `${name}-${colorScheme}-${width}`;
      await page.emulateMedia({ colorScheme });
      await page.evaluate(settled);
      for (const text of await judge(page, here(`../.screens/${at}.png`))) fault(text);
      looked++;
    }
  } catch (error) {
    await page.screenshot({ path: here(`../.screens/FAILED-${at}.png`) }).catch(() => undefined);
    fault(error.message.split("\n").slice(0, 3).join(" "));
  }
  await page.close();
}

/** Runs in the page. The colours of the other scheme are drawn, and whatever fades into them has arrived. */
async function settled() {
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  await frame();
  await frame();
  const ends = (one) => Number.isFinite(one.effect?.getComputedTiming().endTime);
  await Promise.allSettled(
    document
      .getAnimations()
      .filter(ends)
      .map((one) => one.finished),
  );
}

/** Everything that is wrong with what is on screen; keeps a picture of it. */
async function judge(page, path) {
  await page.screenshot({ path });
  const found = (await page.evaluate(scrollsSideways)).map((one) => `scrolls sideways: ${one}`);
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
    found.push("wider than the window");
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    }),
  );
  return [...found, ...violations.map(violationText)];
}

/** Runs in the page. Whatever scrolls, scrolls downwards, and hides nothing at its side. */
function scrollsSideways() {
  return [...document.querySelectorAll("*")]
    .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflow))
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => {
      const edge = one.getBoundingClientRect().left + one.clientWidth;
      const wide = [...one.querySelectorAll("*")].filter((x) => x.getBoundingClientRect().right > edge + 1);
      const which = wide.slice(0, 4).map((x) => `${x.tagName}.${x.className}`);
      return `${one.className} ${one.scrollWidth} > ${one.clientWidth}: ${which.join(", ")}`;
    });
}

function violationText({ id, help, nodes }) {
  const where = nodes
    .slice(0, 4)
    .map((node) => `    ${node.html.slice(0, 200)}\n      ${node.any.concat(node.all)[0]?.message ?? ""}`);
  return `axe ${id}: ${help}\n${where.join("\n")}`;
}

const visits = [];
for (const viewport of sizes) {
  const context = await browser.newContext({
    viewport,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
    bypassCSP: false,
  });
  // As Tauri does with `freezePrototype`.
  await context.addInitScript(() => Object.freeze(Object.prototype));
  for (const [name, scene] of Object.entries(scenes)) {
    if (!only || only.test(name)) visits.push({ context, scene, name, width: viewport.width });
  }
}
// Every page is a world of its own, so that as many are looked at at a time as there are cores.
const next = visits[Symbol.iterator]();
await Promise.all(
  Array.from({ length: availableParallelism() }, async () => {
    for (const visit of next) await look(visit);
  }),
);
await browser.close();
server.close();
console.log(`${looked} views looked at, ${faults.length} faults`);
for (const fault of faults.sort()) console.log(`- ${fault}`);
process.exitCode = faults.length > 0 || looked === 0 ? 1 : 0;
