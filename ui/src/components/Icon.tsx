/** Line icons on a 16-pixel grid, drawn in the current colour. */
const paths = {
  ok: "M3.5 8.5l3 3 6-7",
  hand: "M8 1.8l5 1.8v4c0 3.2-2.1 5.4-5 6.6-2.9-1.2-5-3.4-5-6.6v-4z",
  no: "M13.7 8A5.7 5.7 0 112.3 8a5.7 5.7 0 0111.4 0M4 12L12 4",
  plug: "M6 2v4M10 2v4M4 6h8v2a4 4 0 01-8 0zM8 12v2.5",
  shop: "M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z",
  clock: "M14 8A6 6 0 112 8a6 6 0 0112 0M8 4.5V8l2.5 1.5",
  glass: "M11.5 7a4.5 4.5 0 11-9 0 4.5 4.5 0 019 0M10.5 10.5L14 14",
  warn: "M8 2l6.5 11.5h-13zM8 6.5v3M8 11.6v.1",
  delta: "M2 5h9l-2.5-2.5M14 11H5l2.5 2.5",
  sync: "M13.5 6.5A5.7 5.7 0 003 5M2.5 9.5A5.7 5.7 0 0013 11M3 2v3h3M13 14v-3h-3",
  lock: "M5 7h6a1.5 1.5 0 011.5 1.5V12a1.5 1.5 0 01-1.5 1.5H5A1.5 1.5 0 013.5 12V8.5A1.5 1.5 0 015 7zM5.5 7V5a2.5 2.5 0 015 0v2",
  cloud:
    "M2 2l12 12M5 12.5h6.5M4.5 12.5A3 3 0 014 6.6a4 4 0 01.6-1M7 4.2a4 4 0 014.9 2.6 2.9 2.9 0 012.3 3.9",
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4.5 6.5L8 10l3.5-3.5",
  info: "M14 8A6 6 0 112 8a6 6 0 0112 0M8 7.5v3.5M8 5v.1",
  person: "M10.7 5.5a2.7 2.7 0 11-5.4 0 2.7 2.7 0 015.4 0M2.8 13.5a5.3 5.3 0 0110.4 0",
  gear: "M12 8a4 4 0 11-8 0 4 4 0 018 0M9.3 8a1.3 1.3 0 11-2.6 0 1.3 1.3 0 012.6 0M8 1.6V4M8 12v2.4M1.6 8H4M12 8h2.4M3.5 3.5l1.7 1.7M10.8 10.8l1.7 1.7M12.5 3.5l-1.7 1.7M5.2 10.8l-1.7 1.7",
  plus: "M8 3v10M3 8h10",
  inbox: "M2 9l2-6h8l2 6v4H2zM2 9h3.5l1 2h3l1-2H14",
} as const;

export type IconName = keyof typeof paths;

/** Decoration only: what it means is always said in words beside it. */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false" className={className}>
      <path d={paths[name]} />
    </svg>
  );
}

/** The mark of Hedgerow: five stems of a hedge. */
export function HedgeMark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M4.5 19.5h15M6 19.5v-6M9 19.5V8.8M12 19.5v-8.2M15 19.5V6M18 19.5v-4.8" />
    </svg>
  );
}
