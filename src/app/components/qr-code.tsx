/**
 * A QR code as one SVG path; dark on light in both themes, because many readers refuse the inverse.
 *
 * @module
 */
import { type ReactNode, useMemo } from "react";
import { encode } from "uqr";

/** The code of `text`; `label` says what it holds. */
export function QrCode(props: {
  readonly text: string;
  readonly label: string;
  readonly sizePx?: number;
}): ReactNode {
  const { text, label, sizePx = 200 } = props;
  const { size, path } = useMemo(() => {
    const code = encode(text, { ecc: "M", border: 3 });
    const cells = code.data.flatMap((row, y) =>
      row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")),
    );
    return { size: code.size, path: cells.join("") };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      width={sizePx}
      height={sizePx}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" rx="1" />
      <path d={path} fill="#1d1b18" />
    </svg>
  );
}
