import TauroSDK

/// What each customer spent, of those who ordered often.
@Node("guide.spending")
func spending(_ orders: Frame, call: Call, minOrders: Int64 = 2) throws -> Frame {
    try call.sql(
        """
        SELECT customer, sum(amount) AS spent
        FROM orders
        GROUP BY customer
        HAVING count(*) >= $minOrders
        ORDER BY customer
        """
    )
}
