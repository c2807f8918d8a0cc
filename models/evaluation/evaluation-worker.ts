/** One of the processes that `evaluation-pool.ts` starts: plays every cast that it is told to. */
import type { CastEntry } from '../../nodes/cast-replay/cast-library-file.js';
import type { StrandConfigNode } from '../../nodes/lib/config-node.js';
import { asError } from '../../nodes/lib/errors.js';
import type { Answer } from '../process-pool.js';
import { fixedConfig } from './fixed-config.js';
import { playCast, type PlayedCast } from './play-cast.js';
import { loadModels, type ServedModels } from './served-models-file.js';

/** What all casts of an evaluation are played with. */
export interface Setup {
  /** The configuration as it was written, checked before. */
  readonly rawConfig: unknown;
  /** Folder with `baseline/model.yaml` and `sequence/model.yaml`. */
  readonly models: string;
}

export interface PlayJob {
  readonly index: number;
  readonly cast: CastEntry;
  readonly setup: Setup;
}

export interface PlayDone {
  readonly index: number;
  readonly played: PlayedCast;
}

/** Plays casts with models that are loaded once. */
export class Player {
  private loaded: Promise<{ readonly config: StrandConfigNode; readonly served: ServedModels }> | null = null;

  async play({ cast, setup }: PlayJob): Promise<PlayedCast> {
    this.loaded ??= load(setup);
    const { config, served } = await this.loaded;
    return playCast(cast, config, served);
  }
}

async function load({ rawConfig, models }: Setup) {
  const config = fixedConfig(rawConfig);
  const served = await loadModels(models, (kind) => config.current!.models[kind].enabled);
  return { config, served };
}

if (process.send !== undefined && require.main === module) {
  const player = new Player();
  process.on('message', (job: PlayJob) => {
    const answer = (result: Answer<PlayDone>): void => void process.send!(result);
    player.play(job).then(
      (played) => answer({ index: job.index, played }),
      (err: unknown) => answer({ failed: `${job.cast.id}: ${asError(err).message}` }),
    );
  });
}
