/** Weighted sums: what most national check digits are made of. */

/** Value of a digit, or of a letter counted on from 10 (A, a). */
export const digitValue = (character: string): number => Number.parseInt(character, 36);

/**
 * Sum of each character's value times its weight. Weights are given in order, and begin again where they are fewer than
 * the characters; a weight may be negative.
 */
export const weightedSum = (text: string, weights: readonly number[]): number => {
  let sum = 0;
  for (let index = 0; index < text.length; index++)
    sum += digitValue(text.charAt(index)) * (weights[index % weights.length] ?? 0);
  return sum;
};

/** Sum of the digits of each product, as in Austria's and Germany's schemes that let no product pass 9. */
export const crossSum = (text: string, weights: readonly number[]): number => {
  let sum = 0;
  for (let index = 0; index < text.length; index++) {
    const product = digitValue(text.charAt(index)) * (weights[index % weights.length] ?? 0);
    sum += Math.floor(product / 10) + (product % 10);
  }
  return sum;
};
