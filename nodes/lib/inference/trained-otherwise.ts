import type { ModelCard } from '../model-card.js';

/**
 * Words for people when features are computed in another way than those the model was trained with; null when not.
 * Such a model still serves: only who trained it can tell how much the difference matters.
 * @param inForce hash of the configuration in force (`featureSpecHash`)
 */
export function trainedOtherwise(
  { name, version, featureSpec }: Pick<ModelCard, 'name' | 'version' | 'featureSpec'>,
  inForce: string,
): string | null {
  if (featureSpec === undefined || featureSpec === inForce) return null;
  return (
    `${name} ${version} was trained with sensors and features of another configuration (featureSpec ` +
    `${featureSpec.slice(0, 12)}..., in force ${inForce.slice(0, 12)}...): its probabilities may be off. ` +
    'Go back to the configuration it was trained with, or train it anew.'
  );
}
