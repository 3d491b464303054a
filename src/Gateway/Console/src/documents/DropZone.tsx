import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { app } from '../state/app.ts';
import { nameOf } from '../state/server.ts';
import { addDocuments, firstCollectionName, targetOf } from './add-documents.ts';

/** The whole page takes dropped files. */
export function DropZone(): JSX.Element | null {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const hasFiles = (e: DragEvent): boolean => e.dataTransfer?.types.includes('Files') ?? false;
    const enter = (e: DragEvent): void => {
      if (!hasFiles(e)) return;
      e.preventDefault();
      depth++;
      setOver(true);
    };
    const leave = (e: DragEvent): void => {
      if (!hasFiles(e)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hold = (e: DragEvent): void => {
      if (hasFiles(e)) e.preventDefault();
    };
    const drop = (e: DragEvent): void => {
      if (!hasFiles(e)) return;
      e.preventDefault();
      depth = 0;
      setOver(false);
      void addDocuments([...(e.dataTransfer?.files ?? [])]);
    };
    const events = [['dragenter', enter], ['dragleave', leave], ['dragover', hold], ['drop', drop]] as const;
    for (const [name, handler] of events) addEventListener(name, handler);
    return () => {
      for (const [name, handler] of events) removeEventListener(name, handler);
    };
  }, []);
  if (!over) return null;
  const target = app.get().stores.find((s) => s.id === targetOf());
  return (
    <div class="dropzone" aria-hidden="true">
      <p>
        Drop to add to <strong>{target ? nameOf(target) : firstCollectionName}</strong>
      </p>
    </div>
  );
}
