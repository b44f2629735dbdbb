/**
 * Times for people. Every function takes `nowMs`, so that it can be tested and so that one clock of
 * the view moves all of them together.
 *
 * @module
 */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const dayAndYear = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
});
const clock = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** `just now`, `4 minutes ago`, `yesterday`, `3 November`. */
export function relativeTime(atMs: number, nowMs: number): string {
  const age = nowMs - atMs;
  if (age < 45 * SECOND) return "just now";
  if (age < HOUR) return ago(Math.max(1, Math.round(age / MINUTE)), "minute");
  if (age < DAY) return ago(Math.round(age / HOUR), "hour");
  if (age < 2 * DAY) return "yesterday";
  if (age < 7 * DAY) return ago(Math.floor(age / DAY), "day");
  return calendarDay(atMs, nowMs);
}

function ago(count: number, unit: string): string {
  return count === 1 ? `${unit === "hour" ? "an" : "a"} ${unit} ago` : `${count} ${unit}s ago`;
}

/** `3 November`, with the year when it is another one. */
export function calendarDay(atMs: number, nowMs: number): string {
  const sameYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return (sameYear ? day : dayAndYear).format(atMs);
}

/** Date and time to the second. */
export function exactTime(atMs: number): string {
  return clock.format(atMs);
}

/** `12 s`, `3 min`, `2 h`, `1 min 30 s`. */
export function formatDuration(durationMs: number): string {
  const total = Math.max(0, Math.round(durationMs / SECOND));
  if (total < 60) return `${total} s`;
  if (total < 3600) {
    const seconds = total % 60;
    const minutes = Math.floor(total / 60);
    return seconds === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${seconds} s`;
  }
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
}

/** `a paragraph about every minute`: the pace as a phrase. */
export function pacePhrase(paceMs: number): string {
  if (paceMs === MINUTE) return "every minute";
  if (paceMs === HOUR) return "every hour";
  if (paceMs === DAY) return "once a day";
  return `every ${formatDuration(paceMs)}`;
}

/** Round trip: `38 ms`. */
export function formatLatency(latencyMs: number | null): string {
  return latencyMs === null ? "–" : `${Math.round(latencyMs)} ms`;
}
