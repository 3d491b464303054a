import type { JSX } from 'preact';
import { IconButton } from '../ui/IconButton.tsx';
import { stageText, timeLeft } from './progress.ts';
import { cancelUpload, dismissUpload, retryUpload, type Upload } from './upload-queue.ts';

export function UploadItem({ upload }: { upload: Upload }): JSX.Element {
  const running = ['waiting', 'sending', 'reading'].includes(upload.state);
  const percent = upload.progress === null ? null : Math.round(upload.progress * 100);
  return (
    <li class="upload" data-state={upload.state}>
      <div class="upload-text">
        <span class="file-name">{upload.name}</span>
        <span class="upload-state" role={upload.state === 'failed' ? 'alert' : undefined}>
          {stateText(upload, percent)}
        </span>
        {running && <progress aria-label={`Progress of ${upload.name}`} max={100} {...(percent === null ? {} : { value: percent })} />}
      </div>
      {running && <IconButton icon="close" label={`Cancel ${upload.name}`} onClick={() => cancelUpload(upload.id)} />}
      {(upload.state === 'failed' || upload.state === 'cancelled') && (
        <IconButton icon="retry" label={`Try ${upload.name} again`} onClick={() => retryUpload(upload.id)} />
      )}
      {!running && <IconButton icon="close" label={`Remove ${upload.name} from this list`} onClick={() => dismissUpload(upload.id)} />}
    </li>
  );
}

function stateText(upload: Upload, percent: number | null): string {
  const share = percent === null || percent === 0 ? '' : ` · ${percent} %`;
  switch (upload.state) {
    case 'waiting':
      return 'Waiting';
    case 'sending':
      return `Sending${share}`;
    case 'reading':
      return `${stageText(upload.stage)}${share}${timeLeft(upload.secondsLeft)}`;
    case 'done':
      return 'Ready to be asked';
    case 'cancelled':
      return 'Cancelled';
    case 'failed':
      return upload.error ?? 'Failed';
  }
}
