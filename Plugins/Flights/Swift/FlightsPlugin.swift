import TauroSDK

#Plugin("flights_swift", version: "1.0.0")
