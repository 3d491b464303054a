import type { JSX } from 'preact';
import type { Place } from '../text/locate.ts';
import type { Row } from '../text/tables.ts';
import { Marked } from './Marked.tsx';

/** Rows of a document's table. A row with fewer cells than the widest keeps its figures in the last columns. */
export function PassageTable({ text, rows, marked }: { text: string; rows: Row[]; marked: Place | null }): JSX.Element {
  const columns = Math.max(...rows.map((row) => row.cells.length));
  return (
    <div class="table" tabIndex={0} role="group" aria-label="Table">
      <table>
        <tbody>
          {rows.map((row) => {
            const missing = columns - row.cells.length;
            return (
              <tr key={row.cells[0]?.start}>
                {row.overFigures && missing > 0 && <td colSpan={missing} />}
                {row.cells.map((cell, i) => (
                  <td key={cell.start} class={isFigure(text, cell) ? 'figure' : undefined} {...(i === 0 && !row.overFigures && missing > 0 ? { colSpan: missing + 1 } : {})}>
                    <Marked text={text} part={cell} marked={marked} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Short, and with a digit: what must not break in two. */
const isFigure = (text: string, cell: Place): boolean => cell.end - cell.start <= 14 && /\d/.test(text.slice(cell.start, cell.end));
