import type { Explaining, Instant, Predictor, Said } from './predictor.js';

/** Asks about one instant, with every run that its explanation takes, and without regard for anybody who waits. */
export async function predictAlone<Payload>(
  predictor: Predictor<Payload>,
  instant: Instant<Payload>,
): Promise<Said> {
  const answers = await predictor.run([instant]);
  try {
    const answer = answers.at(0);
    if (answer.explaining !== null) await runToEnd(answer.explaining);
    return answer.say();
  } finally {
    answers.end();
  }
}

async function runToEnd(explaining: Explaining): Promise<void> {
  try {
    while (!(await explaining.next()));
  } catch (err) {
    explaining.drop();
    throw err;
  }
}
