/** Ways past the guarded client. */

import { type AccessCase, ALL, MODEL } from './case.ts';

/** Doors past the guarded client: one for each that the roles close, by what is behind it. */
const OTHER_DOORS: Readonly<Record<string, string>> = {
  'bedrock:CallWithBearerToken': 'a bearer key, which has no role',
  'bedrock:InvokeModelWithBidirectionalStream': 'speech in both directions, which nobody screens',
  'bedrock:InvokeAgent': 'an agent of Bedrock’s own',
  'bedrock:InvokeInlineAgent': 'an agent that is made up on the spot',
  'bedrock:InvokeFlow': 'a flow',
  'bedrock:InvokeBuilder': 'a builder',
  'bedrock:InvokeTool': 'a tool of Bedrock’s',
  'bedrock:InvokeBlueprintOptimizationAsync': 'a blueprint',
  'bedrock:InvokeDataAutomationAsync': 'data automation',
  'bedrock:InvokeAutomatedReasoningPolicy': 'automated reasoning',
  'bedrock:Retrieve': 'a knowledge base',
  'bedrock:RetrieveAndGenerate': 'a knowledge base that answers by itself',
  'bedrock:AgenticRetrieveStream': 'a knowledge base that looks further by itself',
  'bedrock:Rerank': 'another model, to order documents',
  'bedrock:GenerateQuery': 'a model that writes queries',
  'bedrock:OptimizePrompt': 'a model that rewrites prompts',
  'bedrock:RenderPrompt': 'prompts that are kept elsewhere',
  'bedrock:AssociateAgentKnowledgeBase': 'what agents know',
  'bedrock:CreateModelInvocationJob': 'a batch, which nobody counts',
  'bedrock:DeleteGuardrail': 'the end of the guardrail',
  'bedrock:DeleteModelInvocationLoggingConfiguration': 'the end of the log of invocations',
  'bedrock:DeregisterMarketplaceModelEndpoint': 'endpoints of the marketplace',
  'bedrock:DisassociateAgentKnowledgeBase': 'what agents know',
  'bedrock:IngestKnowledgeBaseDocuments': 'what a knowledge base holds',
  'bedrock:PrepareAgent': 'an agent',
  'bedrock:PutModelInvocationLoggingConfiguration': 'where the log of invocations goes',
  'bedrock:RegisterMarketplaceModelEndpoint': 'endpoints of the marketplace',
  'bedrock:StartIngestionJob': 'what a knowledge base holds',
  'bedrock:UpdateGuardrail': 'a weaker guardrail',
  'bedrock-mantle:CreateInference': 'the other endpoint of Bedrock',
  'bedrock-agentcore:InvokeAgentRuntime': 'an agent of AgentCore',
  'bedrock-websearch:InvokeWebSearch': 'the web',
  'sagemaker:InvokeEndpoint': 'a model of SageMaker',
  'sagemaker:InvokeEndpointWithResponseStream': 'a model of SageMaker, as a stream',
};

/** Of those, the ones that the function closes that tells usage and calls no model. */
const AT_USAGE =
  /^(?:bedrock:(?:CallWithBearerToken|InvokeAgent|CreateModelInvocationJob|UpdateGuardrail)|bedrock-|sagemaker:)/;

/** A case for each. */
export const DOOR_CASES: readonly AccessCase[] = [
  ...Object.entries(OTHER_DOORS).map(
    ([action, behind]): AccessCase => ({
      name: `another door: ${behind}`,
      who: AT_USAGE.test(action) ? ALL : MODEL,
      action,
      resource: () => '*',
      expect: 'deny',
    }),
  ),
];
