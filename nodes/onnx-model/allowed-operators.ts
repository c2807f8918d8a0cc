/**
 * Operators of ONNX that compute something in a number of steps that the shapes decide. Not among them: `Loop` and `Scan`,
 * which can run for ever, random numbers, which would make a replay differ, and operators of other domains.
 * Source: ONNX operators, opset 21, and ai.onnx.ml, version 5
 */
const ONNX = `
Abs Acos Acosh Add And ArgMax ArgMin Asin Asinh Atan Atanh AveragePool BatchNormalization BitShift Cast CastLike Ceil Celu
Clip Compress Concat Constant ConstantOfShape Conv ConvTranspose Cos Cosh CumSum DepthToSpace DequantizeLinear Div Dropout
DynamicQuantizeLinear Einsum Elu Equal Erf Exp Expand EyeLike Flatten Floor GRU Gather GatherElements GatherND Gelu Gemm
GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual GroupNormalization HardSigmoid HardSwish Hardmax Identity If
InstanceNormalization IsInf IsNaN LSTM LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax LpNormalization LpPool
LRN MatMul MatMulInteger Max MaxPool Mean MeanVarianceNormalization Min Mish Mod Mul Neg NonZero Not OneHot Or PRelu Pad
Pow QLinearConv QLinearMatMul QuantizeLinear RNN Range Reciprocal ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax
ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Relu Reshape Resize Round ScatterElements ScatterND Selu Shape
Shrink Sigmoid Sign Sin Sinh Size Slice Softmax Softplus Softsign SpaceToDepth Split Sqrt Squeeze Sub Sum Tan Tanh
ThresholdedRelu Tile TopK Transpose Trilu Unsqueeze Where Xor
`;
const ONNX_ML = `
ArrayFeatureExtractor Binarizer FeatureVectorizer Imputer LinearClassifier LinearRegressor Normalizer SVMClassifier
SVMRegressor Scaler TreeEnsemble TreeEnsembleClassifier TreeEnsembleRegressor ZipMap
`;

const setOf = (names: string): ReadonlySet<string> => new Set(names.trim().split(/\s+/));

/** By domain; the default one goes by two names. */
export const ALLOWED_OPERATORS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['', setOf(ONNX)],
  ['ai.onnx', setOf(ONNX)],
  ['ai.onnx.ml', setOf(ONNX_ML)],
]);

export const isAllowed = (domain: string, operator: string): boolean =>
  ALLOWED_OPERATORS.get(domain)?.has(operator) ?? false;
