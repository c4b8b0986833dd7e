/** What cdk-nag, or the validation of the CDK, has against a resource. */
export interface Finding {
  /** Such as `AwsSolutions-IAM5`. */
  readonly rule: string;
  /** What of the resource, such as `Resource::*`; empty where the rule is about all of it. */
  readonly detail: string;
  /** Logical id; empty for the template. */
  readonly resource: string;
  readonly text: string;
}
