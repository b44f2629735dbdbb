/** The few distributions of jStat that tests compare with; it ships no types. */
declare module "jstat" {
  interface Distribution {
    cdf(x: number, ...parameters: number[]): number;
    pdf(x: number, ...parameters: number[]): number;
  }
  const jStat: {
    readonly chisquare: Distribution;
    readonly studentt: Distribution;
    readonly normal: Distribution;
    readonly binomial: Distribution;
    ibeta(x: number, a: number, b: number): number;
    lowRegGamma(a: number, x: number): number;
  };
  export default jStat;
}
