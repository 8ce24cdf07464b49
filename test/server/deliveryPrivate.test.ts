import { testDelivery } from "../support/deliverySuite";

testDelivery("a private room");
